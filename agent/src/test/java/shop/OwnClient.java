package shop;

import org.apache.http.impl.client.CloseableHttpClient;

/** A client that the application made of a library's. */
public abstract class OwnClient extends CloseableHttpClient {}
