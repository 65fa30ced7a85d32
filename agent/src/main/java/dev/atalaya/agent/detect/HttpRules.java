package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;

/** Outgoing requests: whatever they do, each waits for another service. */
class HttpRules extends FamilyRules {
  @Override
  Option<Integer> threshold(boolean request, boolean writes) {
    return request ? Options.N_PLUS_ONE_HTTP : Options.N_PLUS_ONE_JOB_HTTP;
  }

  @Override
  Kind repeated(OperationSummary s) {
    return Kind.N_PLUS_ONE_HTTP;
  }

  @Override
  Fix suggest(Subject subject) {
    return HttpSuggestion.of(subject);
  }
}
