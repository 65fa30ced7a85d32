package dev.atalaya.agent.detect;

import dev.atalaya.agent.privacy.UrlText;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.UnitOfWork;
import java.util.regex.Pattern;

/**
 * Where a unit of work came in: {@code GET /orders/{id}}, {@code RPC shop.Stock/Find}, {@code JOB
 * Class#method}.
 */
public final class EntryPoint {
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** A UUID, or hexadecimal digits that are no word. */
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
              + "|\\b(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{8,}\\b");

  private EntryPoint() {}

  public static String of(Request request) {
    Span root = request.root();
    switch (request.kind()) {
      case REQUEST:
        return root == null ? "" : ofRequest(root);
      case JOB:
        return root == null ? "JOB" : "JOB " + root.name();
      default:
        return of(request.unit());
    }
  }

  private static String ofRequest(Span root) {
    RpcCall call = root.rpc();
    if (call == null) return root.name();
    return call.isKnown() ? "RPC " + call.asked : "RPC"; // else the name is the caller's
  }

  /** {@code THREAD worker-{}}: one pool's threads are one entry point. */
  static String of(UnitOfWork unit) {
    // Some servers name a thread by the request that it works on.
    String name = UrlText.redactWords(String.valueOf(unit.threadName()));
    return "THREAD " + DIGITS.matcher(ID.matcher(name).replaceAll("{}")).replaceAll("{}");
  }
}
