package app;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

/** Log lines of Log4j 2. */
public final class Log4jApp {
  private Log4jApp() {}

  public static void main(String[] args) throws Exception {
    final Logger log = LogManager.getLogger("app");
    log.info("outside");
    new Web(4)
        .on(
            "/log",
            query -> {
              ThreadContext.put("own", "kept");
              log.info("inside");
              ThreadContext.remove("own");
              return "logged";
            })
        .start();
  }
}
