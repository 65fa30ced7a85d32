package com.ibm.ws.webcontainer;

/** A response in a package of Liberty's, as the agent sees it: by reflection. */
public final class LibertyResponse {
  public int getStatus() {
    return 200;
  }

  public boolean isCommitted() {
    return false;
  }
}
