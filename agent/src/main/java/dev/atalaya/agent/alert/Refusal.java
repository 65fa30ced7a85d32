package dev.atalaya.agent.alert;

import java.io.IOException;

/** The endpoint responded, and would refuse this alert each time. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  Refusal(String reason) {
    super(reason);
  }
}
