package dev.atalaya.agent.callsite;

/**
 * Whether GraphQL Java resolves a field for each of many items, by the frames below the field's own
 * code. The innermost frame that tells decides; where none does, it is taken for one of many.
 */
final class GraphQlField {
  private static final String DATA_LOADER = "org.dataloader.";

  /** Resolving was seen: what follows is where its object came from. */
  private boolean resolving;

  private boolean decided;
  private boolean once;

  /** A frame of GraphQL's or of its data loaders', the innermost first. */
  void passed(Object frame) {
    if (decided) return;
    if (ThreadFrames.className(frame).startsWith(DATA_LOADER)) {
      // What a loader calls is called for all keys; what its answer leads to is a field of each.
      decide(!resolving);
      return;
    }
    resolving = true;
    String method = ThreadFrames.methodName(frame);
    if (method.equals("completeValueForList")) decide(false);
    else if (method.equals("executeOperation")) decide(true);
  }

  private void decide(boolean isOnce) {
    decided = true;
    once = isOnce;
  }

  /** Whether it is called once: a loop below it is its own. */
  boolean isOnce() {
    return once;
  }
}
