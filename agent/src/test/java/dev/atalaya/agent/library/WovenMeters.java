package dev.atalaya.agent.library;

import dev.atalaya.agent.trace.Distribution;
import dev.atalaya.agent.trace.Meters;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Template;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Meters that forget durations and remember the rest as lines such as {@code cache redis h 1 0}.
 */
public final class WovenMeters implements Meters {
  private final Distribution ignored = new Distribution(new long[] {1});
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** What was counted so far, in order. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public Distribution operation(Template template, String errorType, String responseStatus) {
    return ignored;
  }

  @Override
  public Distribution rows(Template template) {
    return ignored;
  }

  @Override
  public Distribution server(
      String method, String route, int status, String scheme, String errorType) {
    return ignored;
  }

  @Override
  public Distribution client(String method, String host, int port, int status, String errorType) {
    return ignored;
  }

  @Override
  public Distribution rpc(boolean served, RpcCall call, String errorType) {
    return ignored;
  }

  @Override
  public void request(String route, int statements, long allocatedBytes) {
    lines.add("request " + route + " " + statements);
  }

  @Override
  public void pool(String system, Object pool) {
    lines.add("pool " + system);
  }

  @Override
  public void borrowed(Object pool, long nanos, boolean timedOut) {
    lines.add("borrowed" + (timedOut ? " timed out" : ""));
  }

  @Override
  public void returned(Object pool, long nanos) {
    lines.add("returned");
  }

  @Override
  public void cache(String system, String name, int hits, int misses) {
    lines.add("cache " + system + " " + name + " " + hits + " " + misses);
  }
}
