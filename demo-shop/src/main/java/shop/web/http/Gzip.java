package shop.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Answers made smaller for who can read them so. */
final class Gzip {
  /** What fits into one packet arrives no sooner for being smaller. */
  private static final int WORTHWHILE = 1_400;

  private static final Pattern TEXT =
      Pattern.compile("(?:text/|application/(?:json|javascript)|image/svg).*");
  private static final Pattern ACCEPTED =
      Pattern.compile("(?i)(?:gzip|\\*)(?:\\s*;\\s*q=(?!0(?:\\.0*)?$).*)?");

  private Gzip() {}

  static boolean helps(@Nullable String contentType) {
    return contentType != null && TEXT.matcher(contentType).matches();
  }

  static boolean helps(byte[] body) {
    return body.length >= WORTHWHILE;
  }

  static boolean isAccepted(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Accept-Encoding")).stream()
        .flatMap(header -> Pattern.compile(",").splitAsStream(header))
        .anyMatch(encoding -> ACCEPTED.matcher(encoding.strip()).matches());
  }

  static byte[] compress(byte[] body) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    }
    return compressed.toByteArray();
  }
}
