package shop.data;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a customer bought in one go. */
@Entity
@Table(name = "orders")
public class Order {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  private Customer customer;

  private LocalDate placedOn;

  /** The partner's reference, once it is paid. */
  private String payment;

  @OneToMany(mappedBy = "order", cascade = CascadeType.ALL)
  @OrderBy("id")
  private List<OrderLine> lines = new ArrayList<>();

  protected Order() {}

  public Order(Customer customer, LocalDate placedOn) {
    this.customer = customer;
    this.placedOn = placedOn;
  }

  public void add(Product product, int quantity) {
    lines.add(new OrderLine(this, product, quantity));
  }

  public void paid(String reference) {
    payment = reference;
  }

  public String getPayment() {
    return payment;
  }

  public BigDecimal total() {
    return lines.stream().map(OrderLine::total).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  public Long getId() {
    return id;
  }

  public Customer getCustomer() {
    return customer;
  }

  public LocalDate getPlacedOn() {
    return placedOn;
  }

  public List<OrderLine> getLines() {
    return lines;
  }
}
