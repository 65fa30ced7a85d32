package dev.atalaya.agent.console;

/** A request that is not even looked at. */
final class Refused extends Exception {
  final int status;

  Refused(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  HttpResponse answer() {
    return HttpResponse.text(status, String.valueOf(getMessage()));
  }
}
