import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.entity.PartitionEntity;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.partition.IPartitionLookupSvc;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.partition.RequestTenantPartitionInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.tenant.UrlBaseTenantIdentificationStrategy;
import jakarta.persistence.EntityManagerFactory;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/**
 * HAPI FHIR R4 on a real database, for tests: `java -cp ... TestServer PORT JDBC-URL [TEAMS]`, on loopback only. With so
 * many teams each has a partition of its own, at /fhir/TEAM-1 and so on, as docs/shared-record.md says for a region.
 *
 * Everything is as the libraries set it, but for what only costs a test time: the full-text index, subscriptions and
 * background jobs are off. The 60 seconds for which a search result is used again stay on: the client must cope.
 */
@Configuration
@EnableTransactionManagement
@Import({JpaR4Config.class, HapiJpaConfig.class, JpaBatch2Config.class, Batch2JobsConfig.class, ThreadPoolFactoryConfig.class, SubscriptionChannelConfig.class})
public class TestServer {

    private static String databaseUrl;
    private static int teams;

    public static void main(String[] arguments) throws Exception {
        databaseUrl = arguments[1];
        teams = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        var context = new AnnotationConfigWebApplicationContext();
        context.register(TestServer.class);
        var handler = new ServletContextHandler();
        context.setServletContext(handler.getServletContext());
        context.refresh();
        var partitions = context.getBean(IPartitionLookupSvc.class);
        for (int team = partitions.listPartitions().size() + 1; team <= teams; team++) {
            var partition = new PartitionEntity().setId(team).setName("TEAM-" + team);
            partitions.createPartition(partition, new SystemRequestDetails());
        }

        var server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
        handler.addServlet(new ServletHolder(context.getBean(RestfulServer.class)), "/fhir/*");
        server.setHandler(handler);
        server.start();
        System.out.println("ready");
        server.join();
    }

    @Bean
    public DataSource dataSource() {
        var source = new BasicDataSource();
        source.setUrl(databaseUrl);
        source.setUsername(databaseUrl.startsWith("jdbc:h2") ? "sa" : "hapi");
        source.setPassword("");
        source.setMaxTotal(20);
        return source;
    }

    @Bean
    @Primary
    public LocalContainerEntityManagerFactoryBean entityManagerFactory(
            DataSource source, ConfigurableListableBeanFactory beans, FhirContext fhir, JpaStorageSettings settings) {
        var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
        factory.setPersistenceUnitName("HAPI");
        factory.setDataSource(source);
        var properties = new Properties();
        var dialect = databaseUrl.startsWith("jdbc:h2") ? HapiFhirH2Dialect.class : HapiFhirPostgresDialect.class;
        properties.put("hibernate.dialect", dialect.getName());
        properties.put("hibernate.hbm2ddl.auto", "update");
        properties.put("hibernate.jdbc.batch_size", "30");
        properties.put("hibernate.search.enabled", "false");
        factory.setJpaProperties(properties);
        return factory;
    }

    @Bean
    @Primary
    public JpaTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }

    @Bean
    public JpaStorageSettings storageSettings() {
        var settings = new JpaStorageSettings();
        settings.setSchedulingDisabled(true);
        settings.setEnableTaskPreExpandValueSets(false);
        settings.setEnableTaskResourceReindexing(false);
        return settings;
    }

    @Bean
    public PartitionSettings partitionSettings() {
        var settings = new PartitionSettings();
        settings.setPartitioningEnabled(teams > 0);
        return settings;
    }

    @Bean
    public SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }

    @Bean
    @Primary
    public DatabaseBackedPagingProvider pagingProvider() {
        var paging = new DatabaseBackedPagingProvider();
        paging.setDefaultPageSize(20);
        paging.setMaximumPageSize(200);
        return paging;
    }

    @Bean
    public RestfulServer restfulServer(
            IFhirSystemDao<?, ?> dao, IJpaSystemProvider system, ResourceProviderFactory providers,
            DatabaseBackedPagingProvider paging, PartitionSettings partitions) {
        var server = new RestfulServer(dao.getContext());
        if (teams > 0) {
            var byTeam = new RequestTenantPartitionInterceptor();
            byTeam.setPartitionSettings(partitions);
            server.setTenantIdentificationStrategy(new UrlBaseTenantIdentificationStrategy());
            server.registerInterceptor(byTeam);
        }
        server.registerProviders(providers.createProviders());
        server.registerProvider(system);
        server.setPagingProvider(paging);
        return server;
    }
}
