package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/**
 * Says what to change in the words of one library. Each library's folder may bring one, which
 * {@link java.util.ServiceLoader} finds.
 */
public interface Suggester {
  /** Where a library stands between the application and the driver. */
  enum Layer {
    /** It calls the application, for each field of an answer. */
    AROUND,

    /** It implements the application's own interfaces, upon a mapper or a client. */
    REPOSITORY,

    /** It maps rows to objects, or builds statements. */
    MAPPER,

    /** It sends what it is given. */
    CLIENT
  }

  /** The outermost is asked first, as it is what the application's code calls. */
  Layer layer();

  /** Null where the library has nothing to do with it, or no better words than any other. */
  @Nullable Fix suggest(Subject subject);
}
