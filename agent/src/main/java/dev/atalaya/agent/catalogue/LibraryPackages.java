package dev.atalaya.agent.catalogue;

/**
 * What a library's folder says of its packages.
 *
 * <p>Found by {@link java.util.ServiceLoader} when the jar is packed, and asked then. A start reads
 * the text that was printed of it: the class itself is not in the jar.
 */
public interface LibraryPackages {
  void list(Packages known);
}
