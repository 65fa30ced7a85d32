package dev.atalaya.agent.detect;

/** Calls of another service's methods, which wait for it as HTTP requests do. */
final class RpcRules extends HttpRules {
  @Override
  Fix suggest(Subject subject) {
    return RpcSuggestion.of(subject);
  }
}
