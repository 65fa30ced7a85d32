package shop.tuned;

import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import shop.Catalogue.Category;
import shop.Catalogue.ProductView;
import shop.data.Product;

/** Products as what is shown of them: no entity is made, and nothing is watched for changes. */
interface ProductQueries extends Repository<Product, Long> {

  List<ProductView> findByIdIn(Collection<Long> ids);

  @Query("select p.category, count(*) from Product p group by p.category order by p.category")
  List<Category> categories();
}
