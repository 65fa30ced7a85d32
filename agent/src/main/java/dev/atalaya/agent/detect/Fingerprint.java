package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.CallSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Names a finding so that it keeps its name over restarts and redeployments: no line numbers, no
 * values, no names that are generated.
 */
final class Fingerprint {
  private static final String PREFIX = "n1-v1-";

  private Fingerprint() {}

  static String of(
      Kind kind,
      String service,
      String entryPoint,
      @Nullable Operation operation,
      @Nullable Operation cause,
      @Nullable CallSite site) {
    String text =
        String.join(
            "\0",
            kind.label(),
            service,
            entryPoint,
            operation == null ? "" : operation.text,
            cause == null ? "" : cause.text,
            Suspect.method(site));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      StringBuilder name = new StringBuilder(PREFIX);
      for (int i = 0; i < 8; i++) {
        name.append(Character.forDigit(hash[i] >> 4 & 0xF, 16));
        name.append(Character.forDigit(hash[i] & 0xF, 16));
      }
      return name.toString();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JVM has it
    }
  }
}
