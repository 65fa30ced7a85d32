package org.springframework.samples.petclinic.owner;

import javax.persistence.Entity;
import javax.persistence.Table;
import org.springframework.samples.petclinic.model.BaseEntity;

/** Of a pet. */
@Entity
@Table(name = "visits")
public class Visit extends BaseEntity {
  private String description;

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }
}
