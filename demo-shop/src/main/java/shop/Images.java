package shop;

import java.util.List;

/** Pictures of products, each in some sizes. */
public interface Images {
  /** Thumbnails fit into squares of so many pixels. */
  List<Integer> SIZES = List.of(96, 320, 800);

  int MAX_PIXELS = 40_000_000;

  /**
   * @param sizes the longer side of the thumbnails there are, of {@link #SIZES}
   */
  record ImageView(long id, long product, int width, int height, List<Integer> sizes) {}

  /**
   * @param bytes a JPEG
   */
  record Picture(byte[] bytes) {}

  /**
   * Keeps a JPEG or PNG and makes its thumbnails. Throws {@link NotFoundException}, and {@link
   * NotAnImageException} for what cannot be read or is too large.
   */
  ImageView add(long product, byte[] file);

  /** A thumbnail of {@link #SIZES}. Throws {@link NotFoundException}. */
  Picture thumbnail(long image, int size);
}
