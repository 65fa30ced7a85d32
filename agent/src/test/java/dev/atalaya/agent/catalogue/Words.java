package dev.atalaya.agent.catalogue;

/** Traits and tags as the catalogue's text has them. */
public final class Words {
  private Words() {}

  public static long bits(String... words) {
    long bits = 0;
    for (String word : words) {
      boolean isTrait = Character.isUpperCase(word.charAt(0));
      bits |= isTrait ? Trait.valueOf(word).bit() : Catalogue.tag(word);
    }
    return bits;
  }
}
