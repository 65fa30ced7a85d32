package dev.atalaya.agent.console;

/** A request that is malformed, too slow or too large. */
final class Refused extends Exception {
  final int status;

  Refused(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  HttpResponse response() {
    return HttpResponse.text(status, String.valueOf(getMessage()));
  }
}
