package shop.errors;

import java.time.Instant;

/**
 * An exception that the log told of.
 *
 * @param entry method and route; where there is no request, the thread
 * @param trace empty where there is none
 */
record Sighting(Throwable thrown, Instant when, String entry, String trace) {}
