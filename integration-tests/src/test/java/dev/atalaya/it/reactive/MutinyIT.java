package dev.atalaya.it.reactive;

import dev.atalaya.it.App;

final class MutinyIT extends ChainContract {
  MutinyIT() {
    super(
        "app.MutinyApp",
        "io.smallrye.reactive:mutiny:1.0.0",
        "io.smallrye.reactive:mutiny:2.0.0",
        "io.smallrye.reactive:mutiny:3.1.1");
  }

  @Override
  App.Launch launch(String library) {
    return super.launch(library).release(17);
  }
}
