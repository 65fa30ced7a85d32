package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shop.Accounts;
import shop.Accounts.Account;

/** Lets customers in, through API and page alike, and tells the log of those who stay outside. */
@Component
class Door {
  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final Accounts accounts;
  private final SecretKeySpec key;

  Door(Accounts accounts) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.accounts = accounts;
    this.key = new SecretKeySpec(random, "HmacSHA256");
  }

  /** Begins a session where email and password are right. */
  Optional<Account> enter(HttpServletRequest request, String email, String password) {
    Optional<Account> account = accounts.login(email, password);
    account.ifPresentOrElse(
        known -> Login.begin(request, known),
        () ->
            log.atWarn()
                .addKeyValue("user.hash", fingerprint(email))
                .addKeyValue("client.ip", request.getRemoteAddr())
                .log("Login failed"));
    return account;
  }

  /** Tells attempts on one address from those on many, for as long as the shop runs: no longer. */
  private String fingerprint(String email) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      byte[] lower = email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(lower), 0, 6);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
