package shop;

import java.util.List;

/** What others bought together with a product. */
public interface Recommendations {
  int COUNT = 6;

  /**
   * The products most often in one order with this one, of the orders placed before today; of
   * equals the lower id first. Throws {@link NotFoundException}.
   */
  List<Catalogue.ProductView> boughtWith(long product);
}
