package app;

import dev.atalaya.api.Atalaya;
import dev.atalaya.api.Traced;

/** An application that uses Atalaya's API. */
public final class ApiApp {
  private ApiApp() {}

  public static void main(String[] args) throws Exception {
    final ApiApp app = new ApiApp();
    new Web(2)
        .on(
            "/api",
            scenario -> {
              switch (scenario) {
                case "ids":
                  return Atalaya.traceId() + " " + Atalaya.spanId();
                case "attribute":
                  Atalaya.attribute("order.id", 4711);
                  Atalaya.attribute("order.kind", "express");
                  return "set";
                case "exception":
                  Atalaya.exception(new IllegalStateException("handled"));
                  return "handled";
                case "span":
                  return Atalaya.span("price", () -> "priced " + Atalaya.spanId());
                case "failing_span":
                  try {
                    return Atalaya.span(
                        "price",
                        () -> {
                          throw new IllegalArgumentException("no price");
                        });
                  } catch (IllegalArgumentException e) {
                    return "thrown on";
                  }
                case "traced":
                  return app.traced();
                default:
                  throw new IllegalArgumentException(scenario);
              }
            })
        .start();
  }

  @Traced
  private String traced() {
    return "traced";
  }
}
