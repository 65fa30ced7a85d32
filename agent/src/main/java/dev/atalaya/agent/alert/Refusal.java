package dev.atalaya.agent.alert;

import java.io.IOException;

/** The receiver took the request, and will never take what is in it. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  Refusal(String reason) {
    super(reason);
  }
}
