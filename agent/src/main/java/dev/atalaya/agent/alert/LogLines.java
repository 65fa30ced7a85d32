package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Severity;
import dev.atalaya.agent.log.Log;
import org.jspecify.annotations.Nullable;

/** A line of the agent's log. */
final class LogLines implements Channel {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public String address() {
    return "";
  }

  @Override
  public String send(ProblemEvent event, @Nullable ProblemEvent told) {
    if (event.resolved) Log.info("resolved: " + event.line);
    else if (event.severity == Severity.INFO) Log.info(event.line);
    else Log.warn(event.line);
    return "written";
  }
}
