package dev.atalaya.agent.alert;

import org.jspecify.annotations.Nullable;

/** Whether a channel works: a line for the log when that changes, not one a try. */
final class Health {
  private final String name;
  private final String address;
  private boolean failing;

  Health(Channel channel) {
    name = "alerts by " + channel.name();
    address = channel.address();
  }

  boolean isFailing() {
    return failing;
  }

  @Nullable String works() {
    if (!failing) return null;
    failing = false;
    return name + " work again";
  }

  @Nullable String fails(String reason) {
    if (failing) return null;
    failing = true;
    return name + " to " + address + " fail: " + reason;
  }
}
