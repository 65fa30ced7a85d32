package io.github.raeperd.realworld.domain.article;

import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** What an article is about. */
@Entity
@Table(name = "tags")
public class Tag {
  @Id private String value;

  protected Tag() {}

  public Tag(String value) {
    this.value = value;
  }

  public String getValue() {
    return value;
  }
}
