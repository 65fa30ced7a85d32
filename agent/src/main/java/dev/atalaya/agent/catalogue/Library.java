package dev.atalaya.agent.catalogue;

/** One entry of the catalogue: a library, or a part of one that is something of its own. */
public final class Library {
  /** What its classes' names begin with. */
  public final String beginning;

  /** Bits of the traits' ordinals: a start makes all of these. */
  private final long traits;

  Library(String beginning, Trait... traits) {
    this.beginning = beginning;
    long bits = 0;
    for (Trait trait : traits) bits |= 1L << trait.ordinal();
    this.traits = bits;
  }

  public boolean is(Trait trait) {
    return (traits & 1L << trait.ordinal()) != 0;
  }

  /** Its classes are never the application's, wherever they come from. */
  public boolean isNeverTheApplications() {
    return is(Trait.PASSES_CALLS)
        || is(Trait.DRIVER)
        || is(Trait.POOL)
        || is(Trait.CLIENT)
        || is(Trait.LAUNCHER);
  }
}
