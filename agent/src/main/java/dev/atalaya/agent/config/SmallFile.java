package dev.atalaya.agent.config;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a file that the user named: a regular one, of a size that does no harm. */
public final class SmallFile {
  static final int LARGEST = 1 << 20;

  private SmallFile() {}

  /** The message of what is thrown completes "cannot be read: ". */
  public static byte[] read(File file) throws IOException {
    if (!file.exists()) throw new IOException("there is no such file");
    if (!file.isFile()) throw new IOException("it is no regular file"); // a pipe may never end
    if (!file.canRead()) throw new IOException("permission denied");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    try (InputStream in = new FileInputStream(file)) {
      byte[] buffer = new byte[4_096];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        bytes.write(buffer, 0, n);
        if (bytes.size() > LARGEST) throw new IOException("it is larger than 1 MiB");
      }
    }
    return bytes.toByteArray();
  }
}
