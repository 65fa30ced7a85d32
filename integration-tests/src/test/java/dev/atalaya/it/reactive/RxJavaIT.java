package dev.atalaya.it.reactive;

import dev.atalaya.it.App;
import java.util.Map;

final class RxJavaIT extends ChainContract {
  private static final String NEW = "io.reactivex.rxjava3.";
  private static final Map<String, String> NAMES_OF_2 =
      Map.of(
          NEW + "core", "io.reactivex",
          NEW + "disposables", "io.reactivex.disposables",
          NEW + "schedulers", "io.reactivex.schedulers");

  RxJavaIT() {
    super(
        "app.RxJavaApp",
        "io.reactivex.rxjava2:rxjava:2.2.0",
        "io.reactivex.rxjava2:rxjava:2.2.21",
        "io.reactivex.rxjava3:rxjava:3.0.0",
        "io.reactivex.rxjava3:rxjava:3.1.12");
  }

  @Override
  App.Launch launch(String library) {
    return super.launch(library).renamed(library.contains("rxjava2") ? NAMES_OF_2 : Map.of());
  }
}
