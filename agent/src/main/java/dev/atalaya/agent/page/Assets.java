package dev.atalaya.agent.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The pages' stylesheet and script, which lie in the jar. */
public final class Assets {
  private Assets() {}

  /** Null where there is none of that name. */
  public static byte @Nullable [] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) return null;
      ByteArrayOutputStream all = new ByteArrayOutputStream(16_384);
      byte[] some = new byte[8_192];
      for (int read; (read = in.read(some)) > 0; ) all.write(some, 0, read);
      return all.toByteArray();
    } catch (IOException broken) {
      return null;
    }
  }
}
