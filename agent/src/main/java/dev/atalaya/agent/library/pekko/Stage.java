package dev.atalaya.agent.library.pekko;

/** The two stages of a connection that something is kept with; most that stop are others. */
final class Stage {
  private static final ClassValue<Boolean> HTTP =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          String name = type.getName();
          return name.contains(".http.impl.engine.server.HttpServerBluePrint$ControllerStage$")
              || name.contains(".http.impl.engine.rendering.HttpResponseRendererFactory$");
        }
      };

  private Stage() {}

  static boolean isHttp(Object stage) {
    return HTTP.get(stage.getClass());
  }
}
