package dev.atalaya.agent.catalogue;

/** One entry of the catalogue: a library, or a part of one that is something of its own. */
public final class Library {
  /** What its classes' names begin with. */
  public final String beginning;

  /** Its traits and tags: {@link Trait#bit()}, {@link Catalogue#tag}. */
  public final long bits;

  Library(String beginning, long bits) {
    this.beginning = beginning;
    this.bits = bits;
  }

  public boolean is(Trait trait) {
    return (bits & trait.bit()) != 0;
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
