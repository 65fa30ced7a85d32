package shop.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;

/** A session as bytes. */
final class SessionContent {
  // Who can write to Redis must not be able to run code in the shop.
  private static final ObjectInputFilter KNOWN =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=20;maxrefs=1000;maxbytes=100000;java.base/*;shop.*"
              + ";org.springframework.session.MapSession;org.springframework.web.servlet.FlashMap"
              + ";org.springframework.util.*;!*");

  private SessionContent() {}

  static byte[] write(MapSession session) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
      objects.writeObject(session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Null where the bytes are none of ours, or an older version wrote them: then log in again. */
  static @Nullable MapSession read(byte[] content) {
    try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(content))) {
      objects.setObjectInputFilter(KNOWN);
      // A copy, since what is not serialized would be missing.
      return new MapSession((MapSession) objects.readObject());
    } catch (IOException | ClassNotFoundException | RuntimeException unreadable) {
      return null;
    }
  }
}
