package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.Notice;
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
  public String send(Notice notice, @Nullable Notice told) {
    if (notice.resolved) Log.info("resolved: " + notice.line);
    else if (notice.severity == Severity.INFO) Log.info(notice.line);
    else Log.warn(notice.line);
    return "written";
  }
}
