package dev.atalaya.agent.mcp;

/** What is wrong with a call, in words by which an assistant can do better. */
final class Wrong extends RuntimeException {
  Wrong(String what) {
    super(what, null, false, false);
  }
}
