package dev.atalaya.agent.console;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who may ask.
 *
 * <p>On loopback the {@code Host} header must name this machine: else a web page could have its own
 * name resolve to 127.0.0.1 and read the answers. Elsewhere everything but the metrics needs the
 * token, and so does changing settings anywhere. What a browser posts must come from a page of this
 * port: else any page that somebody has open could post, with a password that the browser knows.
 */
final class Access {
  private static final String NEEDS_TOKEN = "needs a token: set atalaya.console.token";

  private final String token;
  private final Consumer<String> log;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private volatile boolean loopback;
  private volatile String name = "";

  /** An empty {@code token} is none: what needs one is then refused. */
  Access(String token, Consumer<String> log) {
    this.token = token;
    this.log = log;
  }

  void boundTo(InetAddress address, String host) {
    loopback = address.isLoopbackAddress();
    name = host.toLowerCase(Locale.ROOT);
  }

  boolean isLoopback() {
    return loopback;
  }

  boolean hasToken() {
    return !token.isEmpty();
  }

  void checkHost(HttpRequest request) throws Refused {
    if (loopback && !isThisMachine(String.valueOf(request.header("Host")))) {
      throw new Refused(403, "not for this host");
    }
  }

  /** Throws where a page of another origin asks; what is no browser sends neither header. */
  void checkOrigin(HttpRequest request) throws Refused {
    String site = request.header("Sec-Fetch-Site");
    boolean own = site == null || site.equals("same-origin") || site.equals("none");
    String origin = request.header("Origin");
    String host = request.header("Host");
    // A proxy in front may have ended TLS.
    own &= origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    if (!own) throw new Refused(403, "not from another origin");
  }

  /** Takes equally long for any wrong one. */
  void checkToken(HttpRequest request) throws Refused {
    if (token.isEmpty()) throw new Refused(403, NEEDS_TOKEN);
    String sent = request.header("Authorization");
    if (MessageDigest.isEqual(bytes(sent == null ? "" : given(sent)), bytes(token))) return;
    throw new Refused(401, "needs the token")
        .with("WWW-Authenticate", "Bearer")
        .with("WWW-Authenticate", "Basic realm=\"Atalaya\"");
  }

  /** One line for each kind of request that is refused, so that a flood of them fills no log. */
  void say(Refused refused) {
    boolean malformed = refused.status == 400 || refused.status == 411;
    if (malformed || !said.add(refused.why())) return;
    log.accept("refused a request to its port: " + refused.why() + " (said once)");
  }

  /** A token, or a password with any user's name, as browsers ask for one. */
  private static String given(String sent) {
    if (sent.regionMatches(true, 0, "Bearer ", 0, 7)) return sent.substring(7).trim();
    if (!sent.regionMatches(true, 0, "Basic ", 0, 6)) return "";
    try {
      byte[] pair = Base64.getDecoder().decode(sent.substring(6).trim());
      String text = new String(pair, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? "" : text.substring(colon + 1);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private boolean isThisMachine(String sent) {
    String host = sent.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']')) host = host.substring(0, colon);
    return host.equals("localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]")
        || host.equals(name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
