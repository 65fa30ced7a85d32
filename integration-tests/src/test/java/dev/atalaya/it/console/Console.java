package dev.atalaya.it.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Program;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An application under the agent, and what the agent's port says of it. */
record Console(App app, int port) implements AutoCloseable {
  static Console of(App.Launch launch) {
    App app = launch.agent(null).start();
    return new Console(app, app.metricsPort());
  }

  JsonNode api(String path) {
    try {
      return new ObjectMapper().readTree(page("api/" + path));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  String page(String path) {
    return Program.get(url(path)).body();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + "/" + path;
  }

  @Override
  public void close() {
    app.close();
  }
}
