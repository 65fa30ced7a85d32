package io.github.raeperd.realworld.domain.article;

import io.github.raeperd.realworld.domain.user.User;
import java.util.HashSet;
import java.util.Set;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.JoinColumn;
import javax.persistence.JoinTable;
import javax.persistence.ManyToMany;
import javax.persistence.ManyToOne;
import javax.persistence.Table;

/** What a user wrote. */
@Entity
@Table(name = "articles")
public class Article {
  @Id private Long id;
  private String title;

  @ManyToOne
  @JoinColumn(name = "author_id")
  private User author;

  @ManyToMany
  @JoinTable(
      name = "articles_tags",
      joinColumns = @JoinColumn(name = "article_id"),
      inverseJoinColumns = @JoinColumn(name = "tag_id"))
  private Set<Tag> tags = new HashSet<>();

  protected Article() {}

  public Article(long id, User author, Set<Tag> tags) {
    this.id = id;
    this.title = "article" + id;
    this.author = author;
    this.tags.addAll(tags);
  }

  public Long getId() {
    return id;
  }

  public String getTitle() {
    return title;
  }

  public User getAuthor() {
    return author;
  }

  public Set<Tag> getTags() {
    return tags;
  }
}
