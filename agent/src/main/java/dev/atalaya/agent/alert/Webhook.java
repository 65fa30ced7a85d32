package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The finding's JSON, signed where there is a secret to sign with. */
final class Webhook implements Channel {
  private static final String ALGORITHM = "HmacSHA256";

  private final HttpEndpoint endpoint;
  private final String secret;

  /** {@code secret} may be empty. */
  Webhook(HttpEndpoint endpoint, String secret) {
    this.endpoint = endpoint;
    this.secret = secret;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String address() {
    return endpoint.shown();
  }

  @Override
  public String send(ProblemEvent event, @Nullable ProblemEvent told) throws IOException {
    byte[] body = Json.write(event.json).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        secret.isEmpty()
            ? Collections.emptyMap()
            : Collections.singletonMap("X-Atalaya-Signature", "sha256=" + signature(body));
    return endpoint.post(body, headers);
  }

  private String signature(byte[] body) throws IOException {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return String.format("%064x", new BigInteger(1, mac.doFinal(body)));
    } catch (GeneralSecurityException unusable) {
      throw new IOException("cannot sign: " + unusable.getMessage(), unusable);
    }
  }
}
