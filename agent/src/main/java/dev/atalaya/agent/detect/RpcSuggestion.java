package dev.atalaya.agent.detect;

/** What to change about calls of another service's methods. */
final class RpcSuggestion {
  private RpcSuggestion() {}

  static Fix of(Subject subject) {
    OperationSummary figures = subject.figures;
    String many =
        "Ask for all of them in one call, if the service has a method for many beside "
            + subject.operation.verb
            + "; without one, ";
    return figures != null && figures.parallel
        ? HttpSuggestion.alreadyConcurrent(many)
        : HttpSuggestion.concurrently(new Fix(many + "send the calls concurrently."));
  }
}
