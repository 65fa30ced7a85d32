package shop;

import java.util.Optional;

/** Who may log in. */
public interface Accounts {

  /** A customer who is logged in; it lives in the session. */
  record Account(long customer, String name) implements java.io.Serializable {}

  /** Empty where email or password are wrong; takes as long for either. */
  Optional<Account> login(String email, String password);
}
