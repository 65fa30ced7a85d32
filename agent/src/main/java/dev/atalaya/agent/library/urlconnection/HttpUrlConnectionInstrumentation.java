package dev.atalaya.agent.library.urlconnection;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import net.bytebuddy.asm.Advice;

/**
 * Requests of the JDK's HttpURLConnection, from the first method that sends to {@code
 * getInputStream}, which waits for the answer; status and headers are read through it as well.
 *
 * <p>In between the call is kept with the connection and the thread is free: an application may
 * never ask for the answer. An https connection hands all on to a connection of this class.
 */
@AutoService(LibraryInstrumentation.class)
public final class HttpUrlConnectionInstrumentation extends LibraryInstrumentation {
  private static final String OUT = "()Ljava/io/OutputStream;";
  private static final String IN = "()Ljava/io/InputStream;";

  public HttpUrlConnectionInstrumentation() {
    super("httpurlconnection");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .jdk("HttpURLConnection", 8, 25);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("sun.net.www.protocol.http.HttpURLConnection")
        .stateHolder()
        .weave("connect", "()V", Connect.class)
        .weave("getOutputStream", OUT, Send.class)
        .weave("getInputStream", IN, Receive.class);
    weaver
        .in("sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection")
        .weave("connect", "()V", Connect.class);
  }

  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue(value = "connected", declaringType = java.net.URLConnection.class)
            boolean connected) {
      if (connected || Tracing.kept(connection) != null) return null;
      Call call = Tracing.request(connection.getRequestMethod(), connection.getURL().toString());
      Tracing.inject(call, connection);
      return call;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection, @Advice.Enter Call call, @Advice.Thrown Throwable error) {
      if (call == null) return;
      call.detach();
      if (error == null) Tracing.keep(connection, call);
      else call.end(error);
    }
  }

  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue(value = "connected", declaringType = java.net.URLConnection.class)
            boolean connected,
        @Advice.FieldValue(value = "method", declaringType = HttpURLConnection.class) String method,
        @Advice.FieldValue(value = "url", declaringType = java.net.URLConnection.class) URL url) {
      if (connected || Tracing.kept(connection) != null) return null;
      // With a body, a GET becomes a POST.
      Call call = Tracing.request("GET".equals(method) ? "POST" : method, url.toString());
      Tracing.inject(call, connection);
      return call;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection, @Advice.Enter Call call, @Advice.Thrown Throwable error) {
      if (call == null) return;
      call.detach();
      if (error == null) Tracing.keep(connection, call);
      else call.end(error);
    }
  }

  static final class Receive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("inputStream") InputStream answer,
        @Advice.FieldValue("rememberedException") Exception failure) {
      if (answer != null || failure != null)
        return null; // called again, perhaps by the connection itself
      Call call = Tracing.kept(connection);
      if (call != null) return call;
      call = Tracing.request(connection.getRequestMethod(), connection.getURL().toString());
      Tracing.inject(call, connection);
      return call;
    }

    /** A status of 400 or more is thrown as well, but is a response like any other. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Enter Call call,
        @Advice.FieldValue(value = "responseCode", declaringType = HttpURLConnection.class)
            int status,
        @Advice.Thrown Throwable error) {
      if (call == null) return;
      Tracing.keep(connection, null);
      call.status(status);
      call.end(status > 0 ? null : error);
    }
  }
}
