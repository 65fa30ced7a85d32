package dev.atalaya.agent.trace;

/** What the semantic conventions call the parts of remote procedure calls. */
public final class RpcNames {
  public static final String SERVER_DURATION = "rpc.server.call.duration";
  public static final String CLIENT_DURATION = "rpc.client.call.duration";
  public static final String SYSTEM = "rpc.system.name";
  public static final String METHOD = "rpc.method";
  public static final String METHOD_ORIGINAL = "rpc.method_original";
  public static final String STATUS = "rpc.response.status_code";

  private RpcNames() {}
}
