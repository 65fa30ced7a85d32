package dev.atalaya.agent.detect;

/** Too many calls in one unit of work, whatever they are. */
final class ChattyWork implements Detector {
  private final Counters counters;
  private final FindingReporter reporter;

  ChattyWork(Counters counters, FindingReporter reporter) {
    this.counters = counters;
    this.reporter = reporter;
  }

  @Override
  public void analyzed(Work work, WorkAnalyzer.Analysis all) {
    if (!all.chatty) return;
    Progress progress = work.progress;
    int count = all.others;
    Occurrence before = progress.chatty;
    if (before != null && before.count == count) return;
    String suggestion = Suggestion.chatty(count);
    Occurrence found =
        new Occurrence(Kind.CHATTY, work.entryPoint, 1, null, null, null, suggestion);
    found.count = count;
    if (before == null) counters.classified(Kind.CHATTY, reporter.wants(found));
    else found.follows(before);
    progress.chatty = found;
    if (!reporter.report(found, before != null, work.request, progress) || before == null) return;
    progress.found.remove(before);
    progress.found.add(found);
  }
}
