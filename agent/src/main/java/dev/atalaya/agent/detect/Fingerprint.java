package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Names findings and problems so that they keep their names over restarts and redeployments: no
 * line numbers, no values, no causes, which differ from page to page, no generated names.
 */
final class Fingerprint {
  private Fingerprint() {}

  /** Of a finding at one entry point. */
  static String finding(
      Kind kind,
      String service,
      String entryPoint,
      @Nullable Operation operation,
      @Nullable CallSite site) {
    String text = operation == null ? "" : operation.text;
    return "n1-v2-" + hash(kind.label(), service, entryPoint, text, OperationSummary.method(site));
  }

  /** Of what is to be mended, whatever entry points lead there. */
  static String problem(
      Kind kind,
      String service,
      String entryPoint,
      @Nullable Operation operation,
      @Nullable CallSite site) {
    return "p1-"
        + (operation == null
            ? hash(kind.label(), service, entryPoint)
            : hash(kind.label(), service, operation.text, OperationSummary.method(site)));
  }

  private static String hash(String... parts) {
    String text = String.join("\0", parts);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      StringBuilder name = new StringBuilder(16);
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
