package app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Log lines of Logback. */
public final class LogbackApp {
  private LogbackApp() {}

  public static void main(String[] args) throws Exception {
    final Logger log = LoggerFactory.getLogger("app");
    log.info("outside");
    new Web(4)
        .on(
            "/log",
            query -> {
              MDC.put("own", "kept");
              log.info("inside");
              MDC.remove("own");
              return "logged";
            })
        .start();
  }
}
