package dev.atalaya.agent.console;

import java.util.ArrayList;
import java.util.List;

/** A request that is malformed, too slow or too large, or may not ask. */
final class Refused extends Exception {
  final int status;

  /** Names and values in turn. */
  private final List<String> headers = new ArrayList<>();

  Refused(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  Refused with(String header, String value) {
    headers.add(header);
    headers.add(value);
    return this;
  }

  String why() {
    return String.valueOf(getMessage());
  }

  HttpResponse response() {
    HttpResponse response = HttpResponse.text(status, why());
    for (int i = 0; i < headers.size(); i += 2) response.with(headers.get(i), headers.get(i + 1));
    return response;
  }
}
