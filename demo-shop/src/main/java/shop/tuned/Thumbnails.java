package shop.tuned;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import shop.Pictures;

/**
 * Makes thumbnails of uploads, the sizes of one side by side. As many threads as cores: more would
 * only take turns. And as many uploads at a time, since a decoded picture takes up to 160 MB, one
 * of 16 bits a colour 320.
 */
@Component
@Profile("tuned")
class Thumbnails implements DisposableBean {
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(cores);
  private final Semaphore uploads = new Semaphore(cores);

  /**
   * @param thumbnails JPEGs by size
   */
  record Made(int width, int height, Map<Integer, byte[]> thumbnails) {}

  /** Throws what {@link Pictures#decode} throws. */
  Made of(byte[] file, List<Integer> sizes) {
    uploads.acquireUninterruptibly();
    try {
      BufferedImage whole = Pictures.decode(file);
      Map<Integer, CompletableFuture<byte[]>> making = new LinkedHashMap<>();
      for (int size : sizes) {
        making.put(
            size, CompletableFuture.supplyAsync(() -> Pictures.thumbnail(whole, size), threads));
      }
      Map<Integer, byte[]> made = new LinkedHashMap<>();
      making.forEach((size, thumbnail) -> made.put(size, await(thumbnail)));
      return new Made(whole.getWidth(), whole.getHeight(), made);
    } finally {
      uploads.release();
    }
  }

  private static byte[] await(CompletableFuture<byte[]> thumbnail) {
    try {
      return thumbnail.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void destroy() {
    threads.shutdown();
  }
}
