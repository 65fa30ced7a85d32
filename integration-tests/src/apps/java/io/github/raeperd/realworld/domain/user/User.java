package io.github.raeperd.realworld.domain.user;

import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** Who writes. */
@Entity
@Table(name = "users")
public class User {
  @Id private Long id;
  private String username;

  protected User() {}

  public User(long id, String username) {
    this.id = id;
    this.username = username;
  }

  public Long getId() {
    return id;
  }

  public String getUsername() {
    return username;
  }
}
