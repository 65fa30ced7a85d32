package shop.tuned;

import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import shop.Images;
import shop.NotFoundException;
import shop.data.PictureRows;

/** Pictures of products, decoded once; the transaction begins when all is made. */
@Service
@Profile("tuned")
class TunedImages implements Images {
  private final ProductViews products;
  private final Contributions contributions;
  private final PictureRows pictures;
  private final Thumbnails thumbnails;
  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;

  TunedImages(
      ProductViews products,
      Contributions contributions,
      PictureRows pictures,
      Thumbnails thumbnails,
      JdbcTemplate jdbc,
      TransactionOperations transactions) {
    this.products = products;
    this.contributions = contributions;
    this.pictures = pictures;
    this.thumbnails = thumbnails;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public ImageView add(long product, byte[] file) {
    products.get(product); // throws where there is none
    Thumbnails.Made made = thumbnails.of(file, SIZES);
    long id =
        transactions.execute(
            transaction -> {
              long image = pictures.insert(product, made.width(), made.height(), file);
              insert(image, made.thumbnails());
              contributions.changed(product);
              return image;
            });
    return new ImageView(id, product, made.width(), made.height(), SIZES);
  }

  private void insert(long image, Map<Integer, byte[]> made) {
    List<Object[]> rows =
        made.entrySet().stream()
            .map(size -> new Object[] {image, size.getKey(), size.getValue()})
            .toList();
    jdbc.batchUpdate("insert into thumbnails (image_id, size, content) values (?, ?, ?)", rows);
  }

  @Override
  public Picture thumbnail(long image, int size) {
    return pictures
        .thumbnail(image, size)
        .map(Picture::new)
        .orElseThrow(() -> new NotFoundException("picture", image));
  }
}
