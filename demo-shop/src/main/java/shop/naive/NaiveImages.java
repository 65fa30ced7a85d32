package shop.naive;

import java.awt.image.BufferedImage;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.Images;
import shop.NotFoundException;
import shop.Pictures;
import shop.data.PictureRows;
import shop.data.Products;

/** Pictures of products. */
@Service
@Profile("naive")
class NaiveImages implements Images {
  private final Products products;
  private final PictureRows pictures;

  NaiveImages(Products products, PictureRows pictures) {
    this.products = products;
    this.pictures = pictures;
  }

  /**
   * Sins: the file is decoded anew for each thumbnail, one after the other, while the transaction
   * holds a connection.
   */
  @Override
  @Transactional
  public ImageView add(long product, byte[] file) {
    if (!products.existsById(product)) {
      throw new NotFoundException("product", product);
    }
    BufferedImage whole = Pictures.decode(file);
    long id = pictures.insert(product, whole.getWidth(), whole.getHeight(), file);
    for (int size : SIZES) {
      pictures.insertThumbnail(id, size, Pictures.thumbnail(Pictures.decode(file), size));
    }
    return new ImageView(id, product, whole.getWidth(), whole.getHeight(), SIZES);
  }

  @Override
  public Picture thumbnail(long image, int size) {
    return pictures
        .thumbnail(image, size)
        .map(Picture::new)
        .orElseThrow(() -> new NotFoundException("picture", image));
  }
}
