package dev.atalaya.agent.console;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * How many requests are answered at once, so that a flood of them takes no more than two cores of
 * the application's. Requests with a body take turns of their own, and hold up no others.
 */
final class Turns {
  private final Semaphore reading = new Semaphore(2, true);
  private final Semaphore sending = new Semaphore(1, true);

  HttpResponse answer(HttpRequest request, Site site) throws IOException, Refused {
    Semaphore turns = request.method.equals("POST") ? sending : reading;
    try {
      turns.acquire();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException(closing);
    }
    try {
      return site.answer(request);
    } finally {
      turns.release();
    }
  }
}
