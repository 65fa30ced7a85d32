package shop.data;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import shop.Images;
import shop.Images.ImageView;

/** The pictures' rows: a table of pictures, one of thumbnails. */
@Repository
public class PictureRows {
  private final JdbcTemplate jdbc;

  PictureRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A product's pictures, the oldest first. */
  public List<ImageView> ofProduct(long product) {
    return jdbc.query(
        "select id, width, height from images where product_id = ? order by id",
        (row, i) ->
            new ImageView(
                row.getLong("id"),
                product,
                row.getInt("width"),
                row.getInt("height"),
                Images.SIZES),
        product);
  }

  public Optional<byte[]> thumbnail(long image, int size) {
    return jdbc
        .query(
            "select content from thumbnails where image_id = ? and size = ?",
            (row, i) -> row.getBytes("content"),
            image,
            size)
        .stream()
        .findFirst();
  }

  /** Returns the new picture's id. */
  public long insert(long product, int width, int height, byte[] content) {
    return jdbc.queryForObject(
        "insert into images (product_id, width, height, content) values (?, ?, ?, ?) returning id",
        Long.class,
        product,
        width,
        height,
        content);
  }

  public void insertThumbnail(long image, int size, byte[] content) {
    jdbc.update(
        "insert into thumbnails (image_id, size, content) values (?, ?, ?)", image, size, content);
  }
}
